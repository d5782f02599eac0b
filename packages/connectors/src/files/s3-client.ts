import type { S3Client } from "@aws-sdk/client-s3";
import type { FilesSecrets, FilesSettings } from "@headgate/contract";
import type { HttpClient } from "../net/http/http-client.ts";
import { s3Transport } from "./s3-transport.ts";

export type BucketSettings = Extract<FilesSettings, { readonly place: "s3" }>;

export type S3Parts = {
  readonly settings: BucketSettings;
  readonly secrets: FilesSecrets;
  readonly http: HttpClient;
  readonly signal: AbortSignal;
};

/**
 * A client of one endpoint. All that the library would otherwise look up in the environment, in `~/.aws` or at the
 * cloud's own metadata service is said here, so that it looks nowhere. Loaded late: it is large, and few flows need it.
 */
export async function createS3Client({ settings, secrets, http, signal }: S3Parts): Promise<S3Client> {
  const { S3Client: Client } = await import("@aws-sdk/client-s3");
  return new Client({
    endpoint: settings.endpoint,
    region: settings.region,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: secrets.secretKey ?? "" },
    // Every storage understands it, and no bucket's name becomes part of a host name.
    forcePathStyle: true,
    requestHandler: s3Transport(http, signal),
    // Trying again is ours, with the pauses of every other receiver.
    maxAttempts: 1,
    retryMode: "standard",
    defaultsMode: "standard",
    // Many storages other than Amazon's know no checksums of their own kind yet.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    authSchemePreference: [],
    disableS3ExpressSessionAuth: true,
    disableMultiregionAccessPoints: true,
    followRegionRedirects: false,
    sigv4aSigningRegionSet: [],
    useArnRegion: false,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    useGlobalEndpoint: false,
    userAgentAppId: "headgate",
    ignoreConfiguredEndpointUrls: true,
  });
}
