package dev.migrator.localstack;

/**
 * A target that somebody else runs, for the stack's services to know.
 *
 * @param environment {@code test} or {@code production}
 * @param name logical name
 * @param type as in {@code environments.yaml}
 * @param address where it is, without anything that has to be quoted in YAML
 */
public record FurtherTarget(String environment, String name, String type, String address) {}
