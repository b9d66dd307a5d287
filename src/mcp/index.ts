export { createMcpServer, type McpServerOptions, type PendingMcpServer } from './mcp-server.js';
