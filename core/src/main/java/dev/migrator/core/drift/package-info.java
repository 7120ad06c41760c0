/**
 * What is found in an environment that differs from what was last applied there: compared, agreed on, reported and
 * acknowledged.
 */
package dev.migrator.core.drift;
