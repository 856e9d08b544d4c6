import type { Problem } from './problem.js';

/** A linear programme to be maximised, columns stored sparsely (CSC); plain arrays, so that it can be sent to a thread. */
export interface LinearModel {
  readonly cost: Float64Array;
  /** Most of each column; the least is 0. */
  readonly upper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** Which column is how many units of which cell for which line. Columns after these are units of lines. */
export interface Flow {
  readonly line: number;
  readonly cell: number;
}

/**
 * The flow as a linear programme. Columns: devices from a cell to a line (cost: transport and grade), then units of a line (gain
 * each). Rows: what a cell has, what of it lines below urgency 4 may have, devices of a line = its units, quota of a
 * structure. Cells ⊃ their general part and structures ⊃ their lines are two nested families, so the matrix is that of a
 * network: every corner of it is a whole number, and the simplex method answers with a corner.
 */
export function modelOf(problem: Problem): { model: LinearModel; flows: Flow[] } {
  const { inputs, lines, general } = problem;
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  const row = (lower: number, upper: number) => {
    rowLower.push(lower);
    rowUpper.push(upper);
    return rowUpper.length - 1;
  };
  const cellRow = inputs.cells.map((cell) => row(-Infinity, cell.free));
  const generalRow = inputs.cells.map((cell, i) => (general[i]! < cell.free ? row(-Infinity, general[i]!) : null));
  const quotaRow = inputs.structures.map(({ quotaLeft }) => (quotaLeft === null ? null : row(-Infinity, quotaLeft)));
  const lineRow = lines.map(() => row(0, 0));

  const cost: number[] = [];
  const upper: number[] = [];
  const starts: number[] = [0];
  const indices: number[] = [];
  const values: number[] = [];
  const column = (gain: number, most: number, entries: readonly (readonly [number | null, number])[]) => {
    cost.push(gain);
    upper.push(most);
    for (const [index, value] of entries) {
      if (index === null) continue;
      indices.push(index);
      values.push(value);
    }
    starts.push(indices.length);
  };
  const flows: Flow[] = [];
  lines.forEach((line, l) => {
    for (const candidate of line.candidates) {
      flows.push({ line: l, cell: candidate.cell });
      column(-candidate.cost, Math.min(line.input.open, inputs.cells[candidate.cell]!.free), [
        [cellRow[candidate.cell]!, 1],
        [line.urgent ? null : generalRow[candidate.cell]!, 1],
        [quotaRow[line.structure]!, 1],
        [lineRow[l]!, 1],
      ]);
    }
  });
  lines.forEach((line, l) => {
    if (line.candidates.length === 0) return;
    for (const { gain, count } of line.units) column(gain, count, [[lineRow[l]!, -1]]);
  });
  return {
    flows,
    model: {
      cost: Float64Array.from(cost), upper: Float64Array.from(upper),
      rowLower: Float64Array.from(rowLower), rowUpper: Float64Array.from(rowUpper),
      starts: Int32Array.from(starts), indices: Int32Array.from(indices), values: Float64Array.from(values),
    },
  };
}
