export type { CredentialKey, CredentialStore, StoredCredential } from '../platform/credentials.js';
export { memoryCredentials } from '../platform/credentials.js';
export { type AnonymousTokenOptions, anonymousToken } from './anonymous.js';
export { Authorizer } from './authorizer.js';
export { defaultAuth, resolveCredentialStore } from './default.js';
export { issueAnonymousToken } from './issue.js';
export type { AuthContext, AuthProvider, IssuedToken } from './provider.js';
export { checkSameClient, SameClient } from './same-client.js';
export { staticToken } from './static.js';
