/** What the services' tests put in place of registry, bucket, broker and targets. In memory, deterministic. */
package dev.migrator.kit.testkit;
