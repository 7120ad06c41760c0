/** Carries out what was drawn, and judges it. */
package dev.migrator.chaos.run;
