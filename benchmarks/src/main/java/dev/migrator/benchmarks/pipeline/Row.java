package dev.migrator.benchmarks.pipeline;

import dev.migrator.core.canonical.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * One line of the table: a step, and the same done by bare calls in the same run.
 *
 * @param pairs topics, and as many ACLs
 * @param floor none where there is nothing that a bare call could do instead
 */
record Row(int pairs, String step, Run.Part product, Optional<Floor.Time> floor) {
    /** Without the wait for convergence: neither side waits until the broker shows what it acknowledged. */
    Optional<BigDecimal> ratio() {
        return floor.flatMap(time -> ratio(product.withoutConvergence(), time.millis()));
    }

    /** Both sides wait until the broker shows everything. */
    Optional<BigDecimal> ratioShown() {
        return floor.flatMap(time -> ratio(product.millis(), time.shown()));
    }

    private static Optional<BigDecimal> ratio(long product, long floor) {
        return product == 0 || floor == 0
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(product).divide(BigDecimal.valueOf(floor), 2, RoundingMode.HALF_UP));
    }

    Value toValue() {
        return Value.object(
                "pairs", Value.of(pairs),
                "step", Value.of(step),
                "millis", Value.of(product.millis()),
                "convergingMillis", Value.of(product.converging()),
                "floorMillis", floor.map(time -> Value.of(time.millis())).orElse(Value.NULL),
                "floorShownMillis", floor.map(time -> Value.of(time.shown())).orElse(Value.NULL),
                "ratio", ratio().<Value>map(Value.Num::new).orElse(Value.NULL),
                "ratioShown", ratioShown().<Value>map(Value.Num::new).orElse(Value.NULL));
    }
}
