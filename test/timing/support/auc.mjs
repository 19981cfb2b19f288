/**
 * How well one quantity tells two samples apart: the probability that a random one of `first` is greater than a random one of
 * `second`, ties counted half. 0.5 is not at all, 0 and 1 are always. (Mann–Whitney U divided by the number of pairs.)
 */
export function auc(first, second) {
  const all = [...first.map((value) => ({ value, first: true })), ...second.map((value) => ({ value, first: false }))];
  all.sort((a, b) => a.value - b.value);
  let rankSum = 0;
  for (let from = 0, to = 0; from < all.length; from = to) {
    while (to < all.length && all[to].value === all[from].value) to += 1;
    const meanRank = (from + to + 1) / 2;
    rankSum += meanRank * all.slice(from, to).filter((one) => one.first).length;
  }
  const least = (first.length * (first.length + 1)) / 2;
  return (rankSum - least) / (first.length * second.length);
}

/** Standard error of {@link auc} where nothing tells the samples apart. */
export function aucStandardError(first, second) {
  return Math.sqrt((first.length + second.length + 1) / (12 * first.length * second.length));
}
