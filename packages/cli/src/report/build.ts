export async function buildReport(..._a: unknown[]): Promise<string> {
  return "";
}
