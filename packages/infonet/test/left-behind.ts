import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** By these names ONNX Runtime (1.30, in its library's text) knows a build machine, from which it reports nothing. */
const BUILD_MACHINES = [
  "CI",
  "TF_BUILD",
  "GITHUB_ACTIONS",
  "GITLAB_CI",
  "CIRCLECI",
  "TRAVIS",
  "JENKINS_URL",
  "CODEBUILD_BUILD_ID",
  "BUILDKITE",
  "TEAMCITY_VERSION",
  "APPVEYOR",
  "BITBUCKET_BUILD_NUMBER",
];

/** The environment of a user who never heard of ONNX Runtime's telemetry, on a machine of his own. */
export const unset: NodeJS.ProcessEnv = { ...process.env };
for (const name of ["ORT_DISABLE_TELEMETRY", ...BUILD_MACHINES]) delete unset[name];
/** The negative control: telemetry as its makers deliver it. */
export const asDelivered = { ...unset, ORT_DISABLE_TELEMETRY: "0" };

/** What lies in an empty home folder and an empty temporary one after a command. */
export async function leftBehind(
  environment: NodeJS.ProcessEnv,
  command: string,
  args: readonly string[],
): Promise<{ stdout: string; files: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "infonet-home-"));
  try {
    const [home, temporary] = [join(folder, "home"), join(folder, "tmp")];
    await Promise.all([mkdir(home), mkdir(temporary)]);
    const places = {
      HOME: home,
      TMPDIR: temporary,
      XDG_CACHE_HOME: "",
      XDG_CONFIG_HOME: "",
      XDG_DATA_HOME: "",
    };
    const { stdout } = await run(command, args, { env: { ...environment, ...places } });
    return { stdout, files: (await readdir(folder, { recursive: true })).sort() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The files where nothing was left. */
export const NOTHING = ["home", "tmp"];
