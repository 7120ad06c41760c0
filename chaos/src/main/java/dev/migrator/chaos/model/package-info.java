/** What a run does, drawn from a seed: the state before, migrations, steering, faults; and what has to be there after. */
package dev.migrator.chaos.model;
