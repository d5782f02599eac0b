import type { CheckCode } from "@headgate/contract";
import type { Copy } from "./copy.ts";
import { entraMessages } from "./entra-codes.ts";
import { receiverMessages } from "./receiver-codes.ts";
import { tunnelMessages } from "./tunnel-codes.ts";

/** Copy for every reason why a connection check can fail. */
export const checkMessages: Readonly<Record<CheckCode, Copy>> = {
  host_unknown: {
    title: "We could not find {host}",
    why: "The address is misspelt, or it is known only inside your own network.",
    next: "Check it for typing mistakes and spaces. If it is right, try the server's IP address.",
  },
  host_lookup_failed: {
    title: "Nobody could tell us where {host} is",
    why: "The service that turns names into addresses did not answer. That usually passes.",
    next: "Try again in a minute, or enter the server's IP address.",
  },
  address_denied: {
    title: "Headgate may not connect to {host}",
    why: "The address leads to a protected network that this installation does not open.",
    next: "Use another address, or ask whoever runs Headgate to allow this one.",
  },
  network_unreachable: {
    title: "There is no way from here to {host}",
    why: "The network between Headgate and the server has no route, for example because a VPN is off.",
    next: "Check that Headgate's machine is in the right network, then try again.",
  },
  ipv6_only: {
    title: "{host} can only be reached over IPv6",
    why: "Headgate's machine has no way into the IPv6 part of the internet.",
    next: "Ask your provider for an address that also works over IPv4; often that is the address of its pooler.",
  },
  port_closed: {
    title: "{host} is there, but nothing listens on port {port}",
    why: "The port is wrong, the database is stopped, or it only accepts calls from its own machine.",
    next: "Check the port: 5432 is usual, 6432 or 6543 for a pooler. Then ask whether the database is running.",
  },
  container_localhost: {
    title: "Inside a container, {host} is the container itself",
    why: "Headgate runs in a container. Nothing listens there on port {port}: the database is outside.",
    next: "Enter host.docker.internal to reach the machine around the container, or the name of the database's own container.",
  },
  port_silent: {
    title: "{host} did not answer on port {port}",
    why: "We knocked and heard nothing. Most often a firewall drops the call.",
    next: "Check the address and the port, and ask for {ourAddress} to be let in. Or use an SSH tunnel.",
  },
  not_postgres: {
    title: "What answers on port {port} is not PostgreSQL",
    why: "Another program lives there: a website, another kind of database, or remote log-in.",
    next: "Check the port and that the server really is PostgreSQL.",
  },
  tls_only_port: {
    title: "What answers on port {port} expects encryption from the first moment",
    why: "PostgreSQL agrees on encryption only after a greeting. A website (HTTPS) or a proxy works like this.",
    next: "Check the port: 5432 is usual. If a proxy stands there on purpose, ask for a port that speaks PostgreSQL.",
  },
  line_cut: {
    title: "{host} hung up in the middle",
    why: "A proxy stands on that port, or the database is just restarting.",
    next: "Wait a minute and try again. If it stays, check the port.",
  },
  tls_not_offered: {
    title: "{host} cannot encrypt the connection",
    why: "You asked for encryption, but it is not switched on at that server.",
    next: "Ask for it to be switched on. Inside a private network you can choose “Use if available” instead.",
  },
  tls_required: {
    title: "{host} only accepts encrypted connections",
    why: "Encryption is switched off in your settings.",
    next: "Set Encryption to “Always” and test again.",
  },
  tls_unknown_issuer: {
    title: "We cannot confirm who {host} is",
    why: "Its certificate was issued by {issuer}, which we have no reason to trust yet.",
    next: "Ask for the certificate file of that authority and add it under More ways to connect.",
  },
  tls_chain_incomplete: {
    title: "A certificate is missing between {host} and an authority we trust",
    why: "The certificate of {host} was issued by {issuer}, whose own certificate the server does not send along.",
    next: "Ask for the server to send its whole chain. If {issuer} is the authority itself, add its certificate under More ways to connect.",
  },
  tls_wrong_name: {
    title: "The certificate of {host} is for another name",
    why: "It names {names}. You typed an alias or an IP address, or you reached another server.",
    next: "Enter the name that stands on the certificate.",
  },
  tls_expired: {
    title: "The certificate of {host} has ended",
    why: "It was valid until {expired} and was not renewed.",
    next: "Ask for the certificate to be renewed.",
  },
  tls_not_yet_valid: {
    title: "The certificate of {host} is not valid yet",
    why: "It begins on {begins}, or the clock of Headgate's machine is wrong.",
    next: "Compare the clocks of both machines, or wait until it begins.",
  },
  tls_weak: {
    title: "The certificate of {host} is too weak",
    why: "Its key is too short or its signature too old, so it could be forged.",
    next: "Ask for a certificate with an RSA key of 2,048 bits or more, signed with SHA-256.",
  },
  tls_bad_authority: {
    title: "The certificate file you added cannot be read",
    why: "It is not a certificate in PEM form, or it is cut off.",
    next: "Add the whole file, from “BEGIN CERTIFICATE” to “END CERTIFICATE”.",
  },
  tls_client_required: {
    title: "{host} wants a client certificate",
    why: "It only talks to those who show a certificate that it knows.",
    next: "Ask whoever runs the database for your certificate and its key, and add both under More ways to connect.",
  },
  tls_client_unreadable: {
    title: "Your client certificate cannot be used",
    why: "The certificate or its key cannot be read, they do not belong together, or the passphrase does not fit.",
    next: "Add the certificate, its private key and, if the key is encrypted, its passphrase again.",
  },
  tls_failed: {
    title: "Encryption with {host} did not come about",
    why: "The two sides found no way of encrypting that both accept.",
    next: "Send the technical details to whoever runs the database.",
  },
  password_wrong: {
    title: "User name or password is not right",
    why: "One of them was mistyped or changed, or the password has run out. The server does not say which.",
    next: "Type the password again with “Show password” on, and look for a space at the end.",
  },
  password_missing: {
    title: "{host} asks for a password",
    why: "The password field was empty.",
    next: "Enter the password for {user}.",
  },
  password_unsafe: {
    title: "{host} asked for the password in the clear",
    why: "Over an unencrypted connection anyone on the way could read it, so we did not send it.",
    next: "Set Encryption to “Always” and test again.",
  },
  password_not_asked: {
    title: "{host} let us in without asking for the password",
    why: "You gave a password and nobody checked it. As the server's certificate is not checked either, it may be somebody else's server.",
    next: "Set Encryption to “Always, and check the server's name”, or empty the password if this server really needs none.",
  },
  login_not_allowed: {
    title: "{user} is not allowed to sign in",
    why: "It is a group of rights and not an account for signing in.",
    next: "Ask for a user who may sign in.",
  },
  address_not_admitted: {
    title: "{host} does not let us in from here",
    why: "The server keeps a list of who may come from where, and this user and address are not on it.",
    next: "Send the message below to whoever runs the database.",
  },
  pooler_user_unknown: {
    title: "The connection pooler does not know {user}",
    why: "In front of the database stands a pooler with its own list of users, or it needs a longer user name.",
    next: "Copy the user name exactly as your provider shows it for the pooler.",
  },
  pooler_parameter: {
    title: "The connection pooler refused how we introduced ourselves",
    why: "In front of the database stands a pooler that does not accept one of our settings.",
    next: "Use the direct address of the database, or send the technical details to whoever runs the pooler.",
  },
  pooler_no_server: {
    title: "The connection pooler has no way to the database",
    why: "The pooler let us in, but no database behind it answered, or all its places there are taken.",
    next: "Try again in a minute. If it stays, send the message below to whoever runs the pooler.",
  },
  server_full: {
    title: "{host} has no free place",
    why: "All the connections it allows are in use.",
    next: "Try again in a minute. If it happens often, ask for a pooler or a higher limit.",
  },
  server_starting: {
    title: "The database is not taking connections just now",
    why: "It is starting, stopping or recovering.",
    next: "Wait a minute and test again.",
  },
  database_unknown: {
    title: "There is no database {database} on this server",
    why: "The name is misspelt (capital letters count), or it is on another server.",
    next: "Check the name of the database.",
  },
  database_closed: {
    title: "{database} takes no connections",
    why: "Someone closed this database on purpose, for example for maintenance.",
    next: "Ask whoever runs the database when it opens again.",
  },
  database_forbidden: {
    title: "{user} may not open {database}",
    why: "The user exists and the password is right, but the right to connect is missing.",
    next: "Send the message below to whoever runs the database.",
  },
  schema_forbidden: {
    title: "{user} may not look into {schema}",
    why: "The right to use this part of the database is missing.",
    next: "Send the message below to whoever runs the database.",
  },
  no_tables: {
    title: "We signed in, but see no tables",
    why: "The user has no rights to any table, or the tables are in another database.",
    next: "Check the name of the database, or send the message below to whoever runs it.",
  },
  table_forbidden: {
    title: "{user} may not read {table}",
    why: "The right to read this table is missing.",
    next: "Choose another table, or send the message below to whoever runs the database.",
  },
  table_missing: {
    title: "The table {table} is gone",
    why: "It was renamed or deleted.",
    next: "Choose the table again. Your column choices are kept where the names still match.",
  },
  table_exists: {
    title: "There already is a table {table}",
    why: "Headgate would have to create it, and never touches a table it did not make.",
    next: "Choose that table as it is, or give the new one another name.",
  },
  query_refused: {
    title: "The database does not accept this query",
    why: "Its own words are below, with the place it stumbled over.",
    next: "Change the query there and run it again. Only a single SELECT is possible, and nothing in it can write.",
  },
  query_columns: {
    title: "Every column of a query needs a name of its own",
    why: "Two columns are called {column}, so the mapping could not tell them apart.",
    next: "Give one of them another name, for example: SELECT a.id, b.id AS order_id.",
  },
  read_only_server: {
    title: "This copy of the database is read-only",
    why: "It only follows another server, or it was set to accept no changes.",
    next: "Fine as a source. As a destination, choose the main server.",
  },
  write_forbidden: {
    title: "{user} may not write to {table}",
    why: "Signing in works, but a right that a destination needs is missing.",
    next: "Send the message below to whoever runs the database, then test again.",
  },
  too_slow: {
    title: "The database took too long",
    why: "It did not finish our small question in {seconds} seconds. It may be very busy.",
    next: "Try again in a few minutes.",
  },
  stopped: {
    title: "You stopped the test",
    why: "Nothing was changed anywhere.",
    next: "Test again whenever you like.",
  },
  ...tunnelMessages,
  ...entraMessages,
  ...receiverMessages,
  secret_unreadable: {
    title: "The saved password cannot be opened",
    why: "Headgate was started with another master key than the one with which the password was saved.",
    next: "Type the password again, or ask whoever runs Headgate to bring back the old key.",
  },
  unexpected: {
    title: "The database answered something we did not expect",
    why: "This answer is not on our list, so we do not want to guess.",
    next: "Try again. If it stays, send the technical details to whoever runs the database.",
  },
};
