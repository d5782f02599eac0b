/** A linked service as Azure Data Factory shows it: an Entra application whose secret is in a vault. */
export const azureService = {
  name: "Shop",
  id: "/subscriptions/1",
  properties: {
    type: "AzurePostgreSql",
    version: "2.0",
    annotations: ["team a"],
    typeProperties: {
      server: "shop.postgres.database.azure.com",
      port: "5432",
      database: "shop",
      sslMode: 5,
      username: "reader-app",
      authenticationType: "ServicePrincipal",
      tenant: "72f988bf-86f1-41af-91ab-2d7cd011db47",
      servicePrincipalId: "00000000-1111-2222-3333-444444444444",
      servicePrincipalCredentialType: "ServicePrincipalKey",
      azureCloudType: "AzureChina",
      servicePrincipalKey: {
        type: "AzureKeyVaultSecret",
        store: { referenceName: "TeamVault", type: "LinkedServiceReference" },
        secretName: "shop-key",
      },
      timezone: "UTC",
    },
  },
};

/** A base connection as Adobe's Flow Service takes it. */
export const baseConnection = {
  name: "Adobe shop",
  auth: {
    specName: "Connection String Based Authentication",
    params: {
      connectionString:
        'Server=db.example.com;Database=shop;Port=5433;UID=reader;Password="a;b=c";EncryptionMethod=1;ValidateServerCertificate=1',
    },
  },
  connectionSpec: { id: "74a1c565-4e59-48d7-9d67-7c03b8a13137", version: "1.0" },
};
