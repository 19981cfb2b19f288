import net from 'node:net';

const READ_BYTES = 256 * 1024;

/**
 * Connects to a server whose answers go to `answers`. Each read goes into the same memory: with new memory for each, a reader of large
 * files takes longer than the server.
 */
export function connectReading(address, answers) {
  const callback = (length, memory) => {
    try {
      answers.take(memory.subarray(0, length));
    } catch (error) {
      socket.destroy(error);
    }
    return true;
  };
  const onread = { buffer: Buffer.allocUnsafeSlow(READ_BYTES), callback };
  const socket = net.connect({ ...address, onread });
  return socket;
}
