package dev.migrator.chaos.run;

import java.time.Duration;
import java.util.Optional;

/**
 * How long it took after a fault until the executors went on.
 *
 * @param fault what it was
 * @param worker until the command that was unanswered then was answered; empty if there was none
 * @param lifecycle until the lifecycle said something again; empty if nothing was under way
 */
public record Recovery(String fault, Optional<Duration> worker, Optional<Duration> lifecycle) {}
