/**
 * Kafka clusters as a target: topics with their configs, and ACLs. One admin request for many entries, never one for each.
 */
package dev.migrator.target.kafka;
