// @ts-check
import { readFile } from 'node:fs/promises';

/** The version of the product: the package's version in Cargo.toml. */
export async function version() {
  const cargo = await readFile('Cargo.toml', 'utf8');
  const found = /^\[workspace\.package\][^[]*?^version\s*=\s*"([^"]+)"/m.exec(cargo);
  if (!found) throw new Error('Cargo.toml has no version under [workspace.package].');
  return found[1];
}
