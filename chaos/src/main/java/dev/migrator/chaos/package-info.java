/**
 * Migrations on a real stack while its parts are killed, frozen, cut off and restarted; afterwards readers that share no
 * code with the services judge what became of them.
 */
package dev.migrator.chaos;
