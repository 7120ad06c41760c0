/**
 * Connectors of a Kafka Connect cluster, over the REST interface of its workers.
 *
 * <p>What Connect cannot do, and what follows:
 *
 * <ul>
 *   <li>It has no calls that compare before they write. Each connector is read immediately before it is written, and only
 *       the settings that change are sent: those that somebody else sets in between survive, unless they are the same ones.
 *       Creating what exists is refused by Connect itself.
 *   <li>It has no state "out of use". A connector is retired by a mark in its configuration and by stopping it; the mark
 *       comes first and says nothing as long as the connector is not stopped. Its offsets stay with Connect, so that it goes
 *       on where it was. What was out of use before is never deleted, and has another mark.
 *   <li>It shows configurations as they were given, secrets included. What looks like one, or is declared as one by the
 *       class of the connector, is replaced on the way out; a change of such a value by others is not seen. Nothing replaced is
 *       ever written back.
 *   <li>Asked for configuration and status in one call, it leaves out connectors without a status. They are asked for in
 *       two.
 *   <li>It does not say which configuration a status belongs to; see {@link dev.migrator.target.connect.Readiness}. A task
 *       that fails later is for the verification of the migration.
 *   <li>A connector has no id: deleted and made again it looks the same, and a connector of that name goes on from the
 *       offsets of the earlier one.
 *   <li>Workers read the topic with configurations at their own pace; see {@link dev.migrator.target.connect.Unsettled}.
 * </ul>
 */
package dev.migrator.target.connect;
