/** Who uses what a plan changes, and what stood around it when it was made. Told to people; decides nothing. */
package dev.migrator.core.impact;
