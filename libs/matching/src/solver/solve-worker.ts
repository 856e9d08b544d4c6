/**
 * The thread that HiGHS runs in: a solve blocks its thread until it ends. It imports nothing of ours, so that Node can run
 * it as it stands (its types stripped) under Jest, and compiled from dist.
 */
import { parentPort, workerData } from 'node:worker_threads';
import highsModule from 'highs';

interface Work {
  readonly cost: Float64Array;
  readonly upper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
  readonly timeLimitSeconds: number;
}

const work = workerData as Work;
// The package's types are those of its CommonJS form, where the loader is the module's `default`; as ESM it is the import itself.
const loadHighs = highsModule as unknown as typeof highsModule.default;
const highs = await loadHighs();
const model = highs.createModel({
  numCols: work.cost.length,
  numRows: work.rowUpper.length,
  sense: highs.constants.objectiveSense.maximize,
  colCost: work.cost,
  colLower: new Float64Array(work.cost.length),
  colUpper: work.upper,
  rowLower: work.rowLower,
  rowUpper: work.rowUpper,
  matrix: { format: 'csc', numRows: work.rowUpper.length, numCols: work.cost.length, starts: work.starts, indices: work.indices, values: work.values },
});
model.options.set({ output_flag: false, solver: 'simplex', time_limit: work.timeLimitSeconds });
model.run();
const optimal = model.getModelStatus() === highs.constants.modelStatus.optimal;
parentPort?.postMessage({ columns: optimal ? model.getSolution().colValue : null, solver: `highs ${highs.version.string}` });
model.dispose();
