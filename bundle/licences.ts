/** What the makers of the libraries that are in the file want to be passed on with it. */

/** What Deno tells of a program and the packages it needs (`deno info --json`). */
interface Info {
  modules: { kind: string; npmPackage?: string }[];
  npmPackages: Record<string, Package>;
}

interface Package {
  name: string;
  version: string;
  dependencies: string[];
  localPath: string;
}

/** Each library that a program needs, with its licence and notices, as text. */
export async function licencesOf(program: URL): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", program.href],
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (code !== 0) throw new Error(`deno info failed: ${decode(stderr)}`);
  const { modules, npmPackages } = JSON.parse(decode(stdout)) as Info;
  const needed = new Set<string>();
  const need = (id: string) => {
    if (needed.has(id)) return;
    needed.add(id);
    npmPackages[id]!.dependencies.forEach(need);
  };
  for (const { npmPackage } of modules) if (npmPackage !== undefined) need(npmPackage);
  const texts = [...needed].toSorted().map((id) => licenceOf(npmPackages[id]!));
  return (await Promise.all(texts)).join("\n\n");
}

async function licenceOf({ name, version, localPath }: Package): Promise<string> {
  const { license } = JSON.parse(await Deno.readTextFile(`${localPath}/package.json`));
  const files = (await Array.fromAsync(Deno.readDir(localPath)))
    .filter((each) => each.isFile && /^(licen[cs]e|notice|copying)/i.test(each.name))
    .map((each) => each.name).toSorted();
  const texts = files.map((each) => Deno.readTextFile(`${localPath}/${each}`));
  const heading = `${name} ${version} (${license}), https://www.npmjs.com/package/${name}`;
  return [heading, ...(await Promise.all(texts)).map((text) => text.trim())].join("\n\n");
}
