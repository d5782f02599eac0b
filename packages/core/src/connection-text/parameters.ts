/** What a key of a connection text means to us, for all styles; keys are compared by letters only. */
export type Meaning =
  | { readonly is: "host" | "port" | "database" | "user" | "password" }
  | { readonly is: "tls"; readonly fact: "mode" | "ssl" | "encryptionMethod" | "checked" | "trusted" }
  | { readonly is: "file" | "refused"; readonly advice: string }
  | { readonly is: "left out" };

const pasteCertificate = "Take it out and paste the certificate itself into the form, under More ways to connect.";
const addCertificate = "Take it out and add the certificate and its key to the form, under More ways to connect.";
const noLookUp = "Take it out and write the values themselves.";

const meanings: Readonly<Record<string, Meaning>> = {
  ...all({ is: "host" }, "host server hostname datasource"),
  ...all({ is: "port" }, "port"),
  ...all({ is: "database" }, "database dbname initialcatalog db databasename"),
  ...all({ is: "user" }, "user username uid userid usr"),
  ...all({ is: "password" }, "password pwd"),
  ...all({ is: "tls", fact: "mode" }, "sslmode"),
  ...all({ is: "tls", fact: "ssl" }, "ssl requiressl"),
  ...all({ is: "tls", fact: "encryptionMethod" }, "encryptionmethod"),
  // Adobe's own examples write the second one (features §3.1).
  ...all({ is: "tls", fact: "checked" }, "validateservercertificate validationservercertificate"),
  ...all({ is: "tls", fact: "trusted" }, "trustservercertificate"),
  ...all({ is: "file", advice: pasteCertificate }, "sslrootcert rootcertificate sslcrl sslcrldir"),
  ...all(
    { is: "file", advice: addCertificate },
    "sslcert sslkey sslpassword sslcertificate sslcertificatekey clientcert",
  ),
  ...all({ is: "file", advice: noLookUp }, "passfile servicefile loggerfile sslkeylogfile"),
  ...all({ is: "refused", advice: noLookUp }, "service hostaddr"),
  ...all({ is: "refused", advice: "Take it out: settings of the session are made by Headgate itself." }, "options"),
  ...all(
    { is: "refused", advice: "Take it out: this way of connecting is not supported." },
    "socketfactory socketfactoryarg sslfactory sslfactoryarg krbsrvname gsslib requirepeer unixsocket",
  ),
  ...all(
    { is: "left out" },
    `applicationname fallbackapplicationname connecttimeout logintimeout timeout commandtimeout clientencoding encoding
     keepalives keepalivesidle keepalivesinterval keepalivescount keepalive tcpkeepalive tcpusertimeout
     targetsessionattrs targetservertype loadbalancehosts channelbinding gssencmode sslnegotiation sslsni
     pooling minpoolsize maxpoolsize minimumpoolsize maximumpoolsize connectionlifetime connectionidlelifetime
     connectionlimit pooltimeout poolmode pgbouncer schema currentschema searchpath includeerrordetail
     persistsecurityinfo enlist maxautoprepare multiplexing noresetonclose readbuffersize writebuffersize
     integratedsecurity loadtableresultsas driver provider preparethreshold rewritebatchedinserts sockettimeout
     cryptoprotocolversion`,
  ),
};

/** What a key means, or undefined when no style we know has it. */
export function meaningOf(key: string): Meaning | undefined {
  const letters = lettersOf(key);
  return Object.hasOwn(meanings, letters) ? meanings[letters] : undefined;
}

export function lettersOf(key: string): string {
  return key.toLowerCase().replaceAll(/[\s_-]/g, "");
}

function all(meaning: Meaning, keys: string): Record<string, Meaning> {
  return Object.fromEntries(keys.split(/\s+/).map((key) => [key, meaning]));
}
