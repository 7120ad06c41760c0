/**
 * PostgreSQL: rows of declared configuration tables, roles, memberships and grants. The structure of tables is never
 * changed.
 *
 * <p>A call that writes is one transaction. Rows are locked, judged by {@link dev.migrator.target.Judged}, written, and
 * compared with what the server then holds, before anything is committed: compare and set is exact, also against writers
 * that know nothing of this program. Whatever the server refuses about one entry is found by halving the statement behind
 * a savepoint, and the others go on. A dry run is the same with a rollback at its end.
 *
 * <p>Every call has a connection of its own: none can be stale, and what a lost connection left behind is seen by the
 * next one. {@link dev.migrator.target.postgres.Settlement} waits for transactions that a lost connection may have left
 * at work.
 */
package dev.migrator.target.postgres;
