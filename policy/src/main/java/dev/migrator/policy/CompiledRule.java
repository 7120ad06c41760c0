package dev.migrator.policy;

import dev.migrator.policy.Cel.Program;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A policy with its expressions checked.
 *
 * @param condition what is required, denied or rehearsed; empty for one that asks for approvals
 */
record CompiledRule(
        PolicyRule rule,
        Optional<Program> when,
        Optional<Program> condition,
        Optional<Program> groupFrom,
        Optional<Program> found) {
    /** Whether what it decides, rather than only its text, can change while nothing but time passes. */
    boolean looksAtTime() {
        return Stream.of(when, condition, groupFrom).flatMap(Optional::stream).anyMatch(Program::looksAtTime);
    }
}
