export type { CredentialKey, CredentialStore, StoredCredential } from '../platform/credentials.js';
export { memoryCredentials } from '../platform/credentials.js';
export { type AnonymousTokenOptions, anonymousToken } from './anonymous.js';
export { Authorizer, checkSameClient, SameClient } from './authorizer.js';
export { defaultAuth, resolveCredentialStore, tokenOrigin } from './default.js';
export { issueAnonymousToken } from './issue.js';
export type { AuthContext, AuthProvider, IssuedToken } from './provider.js';
export { checkClientId, staticToken } from './provider.js';
