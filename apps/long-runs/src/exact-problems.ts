// Thousands of generated problems against an independent solver: the least cost, and what the certificate claims.
import { costMatrix, emd, pointClouds, toSparse } from '@brenier/ot-core';
import { generateProblem, judgeAnswer, type GeneratedProblem, type GivenAnswer } from '@brenier/testing';

/** What to compare. */
export interface ExactProblemsOptions {
  /** How many problems. */
  readonly problems: number;
  /** The seed of the first; the next ones follow. A failure names the seed of its problem. */
  readonly seed: number;
}

/** Solves and judges them all, and prints a table; true where nothing is wrong. */
export function compareExactProblems({ problems, seed }: ExactProblemsOptions, print: (line: string) => void): boolean {
  const start = performance.now();
  const counts = new Map<string, number>();
  const worst = { costError: 0, violation: 0, gap: 0, marginalError: 0 };
  let infeasible = 0;
  let wrong = 0;
  for (let each = seed; each < seed + problems; each++) {
    const problem = generateProblem(each);
    const judgement = judgeAnswer(problem, answerTo(problem));
    for (const kind of [problem.costs, `masses ${problem.masses}`]) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    for (const name of Object.keys(worst) as (keyof typeof worst)[]) {
      worst[name] = Math.max(worst[name], judgement[name]); // keeps NaN
    }
    if (judgement.isInfeasible) infeasible++;
    if (judgement.complaints.length === 0) continue;
    wrong++;
    const { rows, columns } = problem.geometry;
    print(`seed ${each}, ${rows} x ${columns}, ${problem.costs}, masses ${problem.masses}:`);
    for (const complaint of judgement.complaints) print(`  ${complaint}`);
  }
  for (const [kind, count] of [...counts].sort(([p], [q]) => p.localeCompare(q))) print(`${count}\t${kind}`);
  print(`worst difference of the costs over (largest cost · mass): ${worst.costError.toExponential(2)}`);
  print(`worst violation of the potentials over the largest cost: ${worst.violation.toExponential(2)}`);
  print(`worst gap over (largest cost · mass): ${worst.gap.toExponential(2)}`);
  print(`worst error of a marginal over the mass: ${worst.marginalError.toExponential(2)}`);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  print(`exact-problems: ${problems} problems, ${infeasible} of them infeasible, ${wrong} wrong, in ${seconds} s`);
  return wrong === 0;
}

/** Refusing is an answer; any other exception, such as a trap of WebAssembly, ends the run with the seed. */
function answerTo({ seed, geometry, a, b }: GeneratedProblem): GivenAnswer {
  try {
    const { rows, columns } = geometry;
    const asked =
      geometry.kind === 'matrix'
        ? costMatrix(geometry.costs, { rows, columns })
        : pointClouds(geometry.x, geometry.y, { cost: geometry.cost });
    const { cost, coupling, f, g, certificate } = emd(asked, { a, b });
    return { ...toSparse(coupling), cost, f, g, certificate };
  } catch (cause) {
    if (cause instanceof RangeError) return { refusal: cause.message };
    throw new Error(`exact-problems failed at seed ${seed}`, { cause });
  }
}
