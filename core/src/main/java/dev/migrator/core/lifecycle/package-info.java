/**
 * The lifecycle of a migration: {@link dev.migrator.core.lifecycle.Lifecycle#decide} says what follows from a fact, and
 * nothing else does. How to host it:
 *
 * <ul>
 *   <li>Store {@link dev.migrator.core.lifecycle.Facts} per environment and migration, and one
 *       {@link dev.migrator.core.lifecycle.EnvironmentState} per environment, in parts. Store both and publish the
 *       effects in one transaction.
 *   <li>Give each fact once it is decoded, in whatever order it comes; facts of one environment one at a time.
 *   <li>Tick the migrations that a decision wakes, and each second those of
 *       {@link dev.migrator.core.lifecycle.EnvironmentState#ticking}; {@link dev.migrator.core.lifecycle.Facts#due} tells
 *       for which a tick has something to do. Tick ended ones now and then (hourly is enough), so that they are forgotten
 *       in time. A tick that is lost or doubled does no harm.
 *   <li>One id belongs to one migration of one environment; who re-keys requests by environment has to see to it that an
 *       id does not turn up in a second one.
 * </ul>
 *
 * <p>Inside, a turn goes: an {@code …Intake} keeps, refuses or lays by the fact; {@code NextStep} chooses the next step as
 * a function of what is known; {@code Doing} carries it out, until there is none; {@code StatusOf} says what people see.
 */
package dev.migrator.core.lifecycle;
