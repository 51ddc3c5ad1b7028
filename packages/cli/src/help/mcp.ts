// Lines have at most 80 characters: what follows commander's own help is not wrapped.

/** Below the options of `infonet mcp --help`. */
export const MCP_HELP = `
Examples:
  infonet mcp ~/data

A server of the Model Context Protocol on standard input and output: assistants
ask the tools columns, matrix, estimate, conditional, joint, select, summary,
network, compare, lags and transfer of the tables in one folder, and those of
its folders. Nothing else is read, by no link and no .., and nothing is written.
An assistant starts it by itself, once it knows the command:

  { "command": "npx", "args": ["infonet", "mcp", "/home/me/data"] }
`;
