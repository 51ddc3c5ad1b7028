/** Special functions that closed forms of mutual information need. */

/** ln Γ(x) for x > 0: Stirling's series after shifting x above 10. Relative error below 1e-13. */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 10) shift += Math.log(z++);
  const w = 1 / (z * z);
  const series = (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w / 1188)))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** ψ(x) for x > 0: the asymptotic series after shifting x above 10. */
export function digamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 10) shift += 1 / z++;
  const w = 1 / (z * z);
  return (
    Math.log(z) - 0.5 / z - w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w * (1 / 240 - w / 132)))) - shift
  );
}
