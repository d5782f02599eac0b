import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { startHttpServer, type HttpReply, type HttpServer, type ReceivedRequest } from "./http-server.ts";

export type S3ServerOptions = {
  readonly bucket?: string;
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly secretKey?: string;
  /** As real ones of some makers: knows no `If-None-Match` when it writes. */
  readonly knowsConditions?: boolean;
  /** What it does with the nth request (from 0); `after` does the work first and then something else than say so. */
  readonly script?: (request: ReceivedRequest, number: number) => HttpReply | { readonly after: HttpReply } | undefined;
};

export type S3Server = HttpServer & {
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Uploads in parts that were neither completed nor given up. */
  readonly openUploads: () => number;
};

type Upload = { readonly key: string; readonly parts: Map<number, Buffer> };

/**
 * A small storage that speaks S3: objects, uploads in parts and conditions. Every request has to carry a signature
 * (version 4) that is right for its method, path, query, headers and body.
 */
export async function startS3Server(options: S3ServerOptions = {}): Promise<S3Server> {
  const { bucket = "exports", knowsConditions = true, script } = options;
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Upload>();
  let number = 0;

  const answer = (request: ReceivedRequest): HttpReply => {
    const fault = signatureFault(request, options);
    if (fault) return refuse(403, fault);
    const url = new URL(request.path, "http://s3");
    const [, name, ...rest] = url.pathname.split("/").map(decodeURIComponent);
    const key = rest.join("/");
    if (name !== bucket) return refuse(404, "NoSuchBucket");
    const uploadId = url.searchParams.get("uploadId");
    switch (`${request.method}${uploadId === null ? (url.searchParams.has("uploads") ? " uploads" : "") : " upload"}`) {
      case "PUT":
        return put(key, request);
      case "GET":
      case "HEAD": {
        const found = objects.get(key);
        return found
          ? { status: 200, headers: { "content-length": String(found.length) }, body: found }
          : refuse(404, "NoSuchKey");
      }
      case "POST uploads": {
        const id = `upload-${uploads.size + 1}`;
        uploads.set(id, { key, parts: new Map() });
        return xml(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
      }
      case "PUT upload": {
        const upload = uploads.get(uploadId ?? "");
        if (!upload) return refuse(404, "NoSuchUpload");
        upload.parts.set(Number(url.searchParams.get("partNumber")), request.body);
        return { status: 200, headers: { etag: etag(request.body) } };
      }
      case "POST upload":
        return complete(uploadId ?? "", request);
      case "DELETE upload":
        return uploads.delete(uploadId ?? "") ? { status: 204 } : refuse(404, "NoSuchUpload");
      case "DELETE":
        objects.delete(key);
        return { status: 204 };
      default:
        return refuse(501, "NotImplemented");
    }
  };
  const put = (key: string, { headers, body }: ReceivedRequest): HttpReply => {
    if (headers["if-none-match"] !== undefined) {
      if (!knowsConditions) return refuse(501, "NotImplemented");
      if (objects.has(key)) return refuse(412, "PreconditionFailed");
    }
    objects.set(key, body);
    return { status: 200, headers: { etag: etag(body) } };
  };
  const complete = (id: string, { body }: ReceivedRequest): HttpReply => {
    const upload = uploads.get(id);
    if (!upload) return refuse(404, "NoSuchUpload");
    const listed = [...body.toString().matchAll(/<Part>[\s\S]*?<\/Part>/g)].map(([part]) => ({
      number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
      tag: /<ETag>(.*?)</.exec(part)?.[1]?.replaceAll("&quot;", '"'),
    }));
    const parts = listed.map(({ number: one, tag }) => {
      const bytes = upload.parts.get(one);
      return bytes && etag(bytes) === tag ? bytes : undefined;
    });
    if (parts.length === 0 || parts.includes(undefined)) return refuse(400, "InvalidPart");
    objects.set(upload.key, Buffer.concat(parts.filter((part) => part !== undefined)));
    uploads.delete(id);
    return xml("<CompleteMultipartUploadResult><ETag>whole</ETag></CompleteMultipartUploadResult>");
  };

  const server = await startHttpServer((request) => {
    const planned = script?.(request, number++);
    if (planned === undefined) return answer(request);
    if (typeof planned === "string" || !("after" in planned)) return planned;
    answer(request);
    return planned.after;
  });
  return { ...server, objects, openUploads: () => uploads.size };
}

function etag(bytes: Buffer): string {
  return `"${createHash("md5").update(bytes).digest("hex")}"`;
}

function xml(body: string): HttpReply {
  return { status: 200, headers: { "content-type": "application/xml" }, body: `<?xml version="1.0"?>${body}` };
}

function refuse(status: number, code: string): HttpReply {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>refused</Message></Error>`;
  return { status, headers: { "content-type": "application/xml" }, body };
}

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer => createHmac("sha256", key).update(data).digest();

/** Recomputes a signature from the request as it came, by Amazon's own description; the error code when it is wrong. */
function signatureFault(
  { method, path, headers, raw }: ReceivedRequest,
  { region = "eu-central-1", accessKeyId = "AKIDTEST", secretKey = "storage-secret" }: S3ServerOptions,
): string | undefined {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;
  const [, id, day = "", scopeRegion, signed = "", signature = ""] = pattern.exec(headers["authorization"] ?? "") ?? [];
  if (id !== accessKeyId) return "InvalidAccessKeyId";
  if (scopeRegion !== region) return "AuthorizationHeaderMalformed";
  const names = signed.split(";");
  if (!["host", "x-amz-content-sha256", "x-amz-date"].every((name) => names.includes(name))) return "AccessDenied";
  if (headers["x-amz-content-sha256"] !== sha256(raw)) return "XAmzContentSHA256Mismatch";
  const date = headers["x-amz-date"] ?? "";
  const moment = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (!date.startsWith(day) || !(Math.abs(moment - Date.now()) < 15 * 60_000)) return "RequestTimeTooSkewed";
  const [pathname = "", query = ""] = path.split("?");
  const pairs = query === "" ? [] : query.split("&").map((pair) => (pair.includes("=") ? pair : `${pair}=`));
  const canonical = [
    method,
    pathname,
    pairs.toSorted().join("&"),
    ...names.map((name) => `${name}:${(headers[name] ?? "").trim().replaceAll(/ +/g, " ")}`),
    "",
    signed,
    sha256(raw),
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = hmac(hmac(hmac(hmac(`AWS4${secretKey}`, day), region), "s3"), "aws4_request");
  const expected = hmac(key, ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n"));
  return timingSafeEqual(expected, Buffer.from(signature, "hex")) ? undefined : "SignatureDoesNotMatch";
}
