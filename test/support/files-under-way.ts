import type { FileWriter } from '../../src/platform/files.js';
import { nodeFiles } from '../../src/platform/node-files.js';

let count = 0;

/** How many calls of the library on files are under way: real work, during which a virtual clock must not run. */
export const filesUnderWay = (): number => count;

function counted<Args extends unknown[], T>(
  call: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  return async (...args) => {
    count += 1;
    try {
      return await call(...args);
    } finally {
      count -= 1;
    }
  };
}

const countedWriter = ({ write, close }: FileWriter): FileWriter => ({
  write: counted(write),
  close: counted(close),
});

const { facts, open, list, writer, readText, writeText, replace, remove } = nodeFiles;
Object.assign(nodeFiles, {
  facts: counted(facts),
  open: counted(open),
  list: counted(list),
  writer: counted(async (path: string, keep: number) => countedWriter(await writer(path, keep))),
  readText: counted(readText),
  writeText: counted(writeText),
  replace: counted(replace),
  remove: counted(remove),
});
