/** Ordinary clients of Kafka and of registries: they read what the services said, and what is in the environments. */
package dev.migrator.chaos.outside;
