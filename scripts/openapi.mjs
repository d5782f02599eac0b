// `npm run openapi`: prints the OpenAPI 3.1 document of the API; redirect it into a file to keep it.
import { openApiDocument } from "../apps/server/src/openapi.ts";
import { readVersion } from "../apps/server/src/version.ts";

console.log(JSON.stringify(openApiDocument(readVersion()), null, 2));
