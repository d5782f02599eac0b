import { openFolderPlace } from "../files/folder-place.ts";

/** Writes the first half of a file and then waits to be killed. */
const place = openFolderPlace({ root: process.argv[2] ?? "", folder: "shop", runId: process.argv[3] ?? "" });
const file = await place.begin(process.argv[4] ?? "");
await file.write(Buffer.from("id,name\r\n1,na"));
process.stdout.write("half");
// Whoever is not used any more is closed when memory is cleared.
setInterval(() => void file, 1_000_000);
