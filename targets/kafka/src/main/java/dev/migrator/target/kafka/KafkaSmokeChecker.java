package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.TargetException;
import java.math.BigDecimal;

/**
 * Runs {@value #ROUND_TRIP}: writes one record to a topic and reads the same bytes back. Spec: {@code topic}, and
 * {@code recordBytes}, the length of the record's value (256 when not given, at most 64 MiB).
 */
final class KafkaSmokeChecker implements SmokeChecker {
    static final String ROUND_TRIP = "topic-round-trip";
    private static final int DEFAULT_BYTES = 256;
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private final KafkaConnection connection;

    KafkaSmokeChecker(KafkaConnection connection) {
        this.connection = connection;
    }

    @Override
    public boolean supports(String type) {
        return type.equals(ROUND_TRIP);
    }

    @Override
    public CheckResult run(SmokeCheck check) {
        try {
            if (!supports(check.type())) {
                throw new ProblemException(Problem.of("CHK-TYPE", "a Kafka target does not run checks of this type")
                        .expected(ROUND_TRIP)
                        .found(check.type()));
            }
            var roundTrip = new TopicRoundTrip(connection, topic(check.spec()), recordBytes(check.spec()));
            return CheckResult.passed(check.name(), roundTrip.run());
        } catch (ProblemException e) {
            return CheckResult.failed(check.name(), e.problem());
        } catch (TargetException e) {
            return CheckResult.failed(check.name(), e.problem());
        }
    }

    private static String topic(Value.Obj spec) {
        if (spec.get("topic") instanceof Value.Text(var topic) && !topic.isEmpty()) {
            return topic;
        }
        throw wrong("topic", "the name of a topic", spec.get("topic"));
    }

    private static int recordBytes(Value.Obj spec) {
        return switch (spec.get("recordBytes")) {
            case Value.Nil _ -> DEFAULT_BYTES;
            case Value.Num(var number)
            when number.scale() <= 0 && number.signum() > 0 && number.compareTo(BigDecimal.valueOf(MOST_BYTES)) <= 0 ->
                number.intValueExact();
            case Value other -> throw wrong("recordBytes", "a whole number from 1 to " + MOST_BYTES, other);
        };
    }

    private static ProblemException wrong(String field, String expected, Value found) {
        return new ProblemException(Problem.of("CHK-SPEC", "the check cannot be run as it is declared")
                .about("spec." + field)
                .expected(expected)
                .found(found.isNull() ? "nothing" : found.toString()));
    }

    @Override
    public void close() {
        connection.close();
    }
}
