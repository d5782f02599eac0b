import { openFolderPlace } from "../files/folder-place.ts";

/** Writes a megabyte into the folder it is given, and says how that ended; run where there is less room. */
const place = openFolderPlace({
  root: process.argv[2] ?? "",
  folder: "shop",
  runId: "33333333-3333-4333-8333-333333333333",
});
const file = await place.begin("large.csv");
try {
  await file.write(Buffer.alloc(1_000_000, "x"));
  await file.finish("{}");
  process.stdout.write('{"code": "none"}');
} catch (error) {
  process.stdout.write(JSON.stringify(error));
} finally {
  await file.abandon();
}
