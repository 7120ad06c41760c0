/**
 * Ordinary clients of Kafka and of an Apicurio Registry: what any other tool would use. They fill the environments before
 * the migrations and read them afterwards, and share no code with what migrates.
 */
package dev.migrator.demo.outside;
