import {
  createConnection,
  deleteConnection,
  getCatalog,
  getConnection,
  getPreview,
  getSchemaStreams,
  getStream,
  listConnections,
  updateConnection,
  type Connection,
  type ConnectionAnswers,
  type TableName,
  describeQuery,
  type SourceQuery,
} from "@headgate/contract";
import { queryOptions, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { call } from "../../lib/api.ts";
import { expectKind } from "./databases.ts";

/** What a database holds changes rarely while someone sets a flow up; "Look again" asks anew. */
const catalogStaleTime = 5 * 60_000;

const all = ["connections"] as const;
const one = (id: string) => [...all, "one", id] as const;

export const connectionQueries = {
  all,
  list: () =>
    queryOptions({
      queryKey: [...all, "list"],
      queryFn: async ({ signal }) => (await call(listConnections, { signal })).connections,
    }),
  one: (connectionId: string) =>
    queryOptions({
      queryKey: one(connectionId),
      queryFn: ({ signal }) => call(getConnection, { params: { connectionId }, signal }),
    }),
  /** The same, where it has to be one that rows can be read from. */
  database: (connectionId: string) =>
    queryOptions({
      queryKey: one(connectionId),
      queryFn: ({ signal }) => call(getConnection, { params: { connectionId }, signal }),
      select: (connection: Connection) => expectKind(connection, "postgres"),
    }),
  catalog: (connectionId: string) =>
    queryOptions({
      queryKey: [...one(connectionId), "catalog"],
      queryFn: ({ signal }) => call(getCatalog, { params: { connectionId }, signal }),
      staleTime: catalogStaleTime,
    }),
  schema: (connectionId: string, schema: string) =>
    queryOptions({
      queryKey: [...one(connectionId), "schema", schema],
      queryFn: ({ signal }) => call(getSchemaStreams, { params: { connectionId }, query: { schema }, signal }),
      staleTime: catalogStaleTime,
    }),
  table: (connectionId: string, { schema, name }: TableName) =>
    queryOptions({
      queryKey: [...one(connectionId), "table", schema, name],
      queryFn: ({ signal }) => call(getStream, { params: { connectionId }, query: { schema, name }, signal }),
      staleTime: catalogStaleTime,
    }),
  /** A query's columns and first rows. What it answered stays until it is run again. */
  query: (connectionId: string, query: SourceQuery) =>
    queryOptions({
      queryKey: [...one(connectionId), "query", query.name, query.sql, query.searchPath],
      queryFn: ({ signal }) => call(describeQuery, { params: { connectionId }, body: query, signal }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  preview: (connectionId: string, { schema, name }: TableName) =>
    queryOptions({
      queryKey: [...one(connectionId), "preview", schema, name],
      queryFn: ({ signal }) => call(getPreview, { params: { connectionId }, query: { schema, name }, signal }),
      staleTime: catalogStaleTime,
    }),
};

/** Puts a saved connection into the cache and forgets what was read through its older settings. */
export function rememberConnection(client: QueryClient, connection: Connection): Promise<void> {
  const { queryKey } = connectionQueries.one(connection.id);
  // Its own entry stays: the page that saved it looks at it and would not be told of another one.
  client.removeQueries({ queryKey, predicate: (query) => query.queryKey.length > queryKey.length });
  client.setQueryData(queryKey, connection);
  return client.invalidateQueries({ queryKey: connectionQueries.list().queryKey });
}

export function useCreateConnection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (answers: ConnectionAnswers) => call(createConnection, { body: answers }),
    onSuccess: (connection) => rememberConnection(client, connection),
  });
}

export function useUpdateConnection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ connection, answers }: { connection: Connection; answers: ConnectionAnswers }) =>
      call(updateConnection, {
        params: { connectionId: connection.id },
        body: { ...answers, revision: connection.revision },
      }),
    onSuccess: (connection) => rememberConnection(client, connection),
  });
}

export function useDeleteConnection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (connectionId: string) => call(deleteConnection, { params: { connectionId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: all }),
  });
}
