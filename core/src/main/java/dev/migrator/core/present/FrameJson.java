package dev.migrator.core.present;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.impact.SurroundingsCodec;
import dev.migrator.core.plan.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What stands around a plan as JSON, so that a service knows it and whoever asks the service shows it. */
public final class FrameJson {
    private FrameJson() {}

    public static Value.Obj toValue(PlanFrame frame) {
        return Value.object(
                "source", Value.of(frame.source().orElse(null)),
                "policy", frame.policy().map(FrameJson::policy).orElse(Value.NULL),
                "surroundings",
                        frame.surroundings()
                                .<Value>map(SurroundingsCodec::toValue)
                                .orElse(Value.NULL),
                "unchecked",
                        Value.array(frame.unchecked().stream().map(Value::of).toList()),
                "next", Value.of(frame.next().orElse(null)));
    }

    /** @throws IllegalArgumentException or ClassCastException if the value is not a frame */
    public static PlanFrame fromValue(Value value) {
        var frame = (Value.Obj) value;
        return new PlanFrame(
                text(frame, "source"),
                optional(frame, "policy", FrameJson::policyOf),
                optional(frame, "surroundings", SurroundingsCodec::fromValue),
                texts(frame.get("unchecked")),
                text(frame, "next"),
                PlanFrame.BARE.maxOperations());
    }

    private static Value policy(Policy policy) {
        return Value.object(
                "name",
                Value.of(policy.name()),
                "requirements",
                Value.array(policy.requirements().stream()
                        .map(requirement -> Value.object(
                                "line", Value.of(requirement.line()),
                                "required", Value.of(requirement.required()),
                                "rule", Value.of(requirement.rule())))
                        .toList()));
    }

    private static Policy policyOf(Value value) {
        var policy = (Value.Obj) value;
        var requirements = new ArrayList<Policy.Requirement>();
        ((Value.Arr) policy.get("requirements")).items().forEach(item -> {
            var requirement = (Value.Obj) item;
            requirements.add(new Policy.Requirement(
                    text(requirement, "line").orElseThrow(IllegalArgumentException::new),
                    ((Value.Bool) requirement.get("required")).value(),
                    text(requirement, "rule").orElseThrow(IllegalArgumentException::new)));
        });
        return new Policy(
                text(policy, "name").orElseThrow(IllegalArgumentException::new), requirements, Optional.empty());
    }

    private static Optional<String> text(Value.Obj holder, String name) {
        return optional(holder, name, value -> ((Value.Text) value).value());
    }

    private static <T> Optional<T> optional(Value.Obj holder, String name, Function<Value, T> read) {
        return holder.get(name).isNull() ? Optional.empty() : Optional.of(read.apply(holder.get(name)));
    }

    private static List<String> texts(Value array) {
        var texts = new ArrayList<String>();
        ((Value.Arr) array).items().forEach(item -> texts.add(((Value.Text) item).value()));
        return texts;
    }
}
