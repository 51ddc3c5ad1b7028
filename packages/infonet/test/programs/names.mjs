// Runs a command where the only name server is this program, and prints the names that were looked up, one a line.
// To be started in a network namespace of its own whose /etc/resolv.conf names 127.0.0.1.
//
//   node names.mjs COMMAND [ARGUMENT …]
import { execFile } from "node:child_process";
import { createSocket } from "node:dgram";
import { promisify } from "node:util";

const names = new Set();
const server = createSocket("udp4", (message, { port, address }) => {
  const labels = [];
  for (let at = 12; message[at] > 0; at += message[at] + 1) {
    labels.push(message.toString("latin1", at + 1, at + 1 + message[at]));
  }
  names.add(labels.join("."));
  // The question again, with the answer that there is no such name.
  const answer = Buffer.from(message);
  answer.writeUInt16BE(0x8183, 2);
  server.send(answer, port, address);
});
await new Promise((resolve) => server.bind(53, "127.0.0.1", resolve));
const [command, ...args] = process.argv.slice(2);
await promisify(execFile)(command, args);
server.close();
console.log([...names].join("\n"));
