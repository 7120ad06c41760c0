/**
 * The same bundle, environment by environment in waves: {@link dev.migrator.core.fleet.Fleets#decide} says what follows from
 * a fact about a run of a fleet, and nothing else does. A run has one ordinary migration for each environment, with a plan
 * and approvals of its own; it only asks for them, wave by wave, and looks at how they end. How to host it:
 *
 * <ul>
 *   <li>Store one {@link dev.migrator.core.fleet.FleetRun} per run, and publish the effects in the same transaction.
 *   <li>Give each fact once it is decoded, in whatever order it comes: requests, orders to stop, and every status of a
 *       migration that names the run.
 *   <li>Tick the runs that have not ended each second, the others now and then, so that they are forgotten in time. A tick
 *       that is lost or doubled does no harm.
 * </ul>
 */
package dev.migrator.core.fleet;
