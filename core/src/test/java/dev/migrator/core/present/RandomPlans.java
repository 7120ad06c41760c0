package dev.migrator.core.present;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.impact.Use;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Reason;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.plan.UndoClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

/** Plans of every shape, in which every text that somebody else chooses was chosen by somebody hostile. */
final class RandomPlans {
    private static final String[] HOSTILE = {
        "\u001b[2J\u001b[31mfine\u001b]0;title\u0007",
        "</td></tr></table><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</pre></details></article><h1>",
        "' onmouseover='alert(1)",
        "<!-- ",
        "]]> <![CDATA[",
        "&lt;b&gt; &amp; &#60;i&#62;",
        "| x | y |\n|---|---|\n| a | b |",
        "`code` ``` fence ````",
        "```\n</details>\n\n# heading\n```",
        "[text](https://evil.example) ![i](http://evil.example/x.png)",
        "www.evil.example https://evil.example mail@evil.example",
        "@everyone #12 org/repo#3 **bold** __b__ ~~s~~",
        "# heading\n\n- list\n\n> quote\n\n---\n",
        "\u202egnp.exe\u2066\u200b\ufeff\u2028\u2029\u0085",
        "\ud800 lone \udc00",
        "\\| \\` \\",
        "a\u0000b\r\nc\td",
        "\udb40\udc41\udb40\udc42 tags",
        "",
        "   ",
        "ordinary.name-1"
    };

    private final Random random;
    private int names;

    private RandomPlans(Random random) {
        this.random = random;
    }

    static Plan plan(long seed) {
        return new RandomPlans(new Random(seed)).plan();
    }

    static PlanFrame frame(long seed, Plan plan) {
        return new RandomPlans(new Random(~seed)).frame(plan);
    }

    private Plan plan() {
        var phases = new ArrayList<Phase>();
        for (int i = random.nextInt(4); i > 0; i--) {
            phases.add(
                    random.nextBoolean()
                            ? new Phase(phases.size(), text(), batches(), checks())
                            : new Phase(phases.size(), text(), batches(), checks(), text(), Bake.parse("10m")));
        }
        var plan = SamplePlans.plan(phases, texts());
        return random.nextBoolean()
                ? plan
                : plan.judged(texts(), List.of(new ApprovalNeed(1 + random.nextInt(3), text(), text())));
    }

    private List<Batch> batches() {
        var batches = new ArrayList<Batch>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            var operations = new ArrayList<PlannedOperation>();
            for (int j = 1 + random.nextInt(4); j > 0; j--) {
                var operation = operation();
                operations.add(new PlannedOperation(
                        text(),
                        text(),
                        operation,
                        text(),
                        operation.isPurge() ? Risk.ONE_WAY : any(Risk.values()),
                        operation.isPurge() ? UndoClass.NONE : any(UndoClass.values()),
                        texts(),
                        new Reason(any(Reason.Cause.values()), texts(), text())));
            }
            batches.add(new Batch(batches.size(), text(), operations));
        }
        return batches;
    }

    private List<SmokeCheck> checks() {
        return random.nextBoolean()
                ? List.of()
                : List.of(new SmokeCheck(text(), text(), text(), Value.object("x", Value.of(text()))));
    }

    private Operation operation() {
        // addresses stay different from each other, as in a plan
        var key = new EntryKey(
                text(), any("topic", "acl", "artifact", "artifact-version", text()), text() + "-" + names++);
        var content = content();
        return switch (random.nextInt(3)) {
            case 0 -> new Operation.Create(key, content);
            case 1 -> {
                var after = new TreeMap<>(content.fields());
                after.replaceAll((field, value) -> value());
                yield new Operation.Update(key, content, new Content(after));
            }
            default -> new Operation.Delete(key, content, any(Removal.values()));
        };
    }

    private Content content() {
        var fields = new TreeMap<String, Value>();
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.put(any("config.retention.ms", "config.x", "content", text()), value());
        }
        return new Content(fields);
    }

    private Value value() {
        return switch (random.nextInt(7)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(random.nextLong());
            case 2 -> Value.of(random.nextBoolean());
            case 3 -> Value.array(List.of(Value.of(text())));
            case 4 -> Value.object(text(), Value.of(text()));
            case 5 -> Value.of("{\"doc\": \"</pre>```\\n```\\u001b\"}");
            default -> Value.of(text());
        };
    }

    private PlanFrame frame(Plan plan) {
        var frame = PlanFrame.BARE.atMost(1 + random.nextInt(20));
        frame = random.nextBoolean() ? frame.from(text()).next(text()).unchecked(texts()) : frame;
        return random.nextInt(4) == 0 ? frame : frame.seen(surroundings(plan));
    }

    private Surroundings surroundings(Plan plan) {
        var impact = new TreeMap<EntryKey, Impact>();
        plan.operations()
                .filter(_ -> random.nextInt(3) > 0)
                .forEach(planned -> impact.put(planned.operation().key(), impact()));
        var counts = new TreeMap<String, TreeMap<String, Long>>();
        counts.put(text(), new TreeMap<>());
        return Surroundings.of(PlanCodec.digest(plan), SamplePlans.READ_AT)
                .read(random.nextInt(3), Duration.ofMillis(random.nextInt(100_000)))
                .unchanged(random.nextInt(5))
                .notManaged(counts)
                .impact(impact, random.nextInt(3));
    }

    private Impact impact() {
        var impact = Impact.NONE.without(text(), text()).without("producers", text());
        var uses = List.of(
                new Use.Groups(
                        new Some<>(List.of(new Use.Group(text(), random.nextInt(2), text(), OptionalLong.empty())), 3)),
                new Use.Groups(Some.of(List.of(new Use.Group("connect-" + text(), 1, "STABLE", OptionalLong.of(5))))),
                new Use.Access(
                        Some.of(List.of(new Use.Permission(text(), text(), random.nextBoolean(), texts(), text())))),
                new Use.Records(random.nextInt(3), random.nextBoolean()),
                new Use.Size(random.nextInt(1 << 30)),
                new Use.LastWrite(SamplePlans.READ_AT.plusSeconds(random.nextInt(100) - 50)),
                new Use.OlderThanKept(text(), random.nextInt(5), random.nextInt(3), random.nextInt(3)),
                new Use.AboveKept(text(), random.nextInt(5), random.nextInt(3)),
                new Use.Referrers(Some.of(List.of(new Use.Referrer(text(), random.nextBoolean())))),
                new Use.Versions(random.nextInt(3), text()),
                new Use.Covers(text(), Some.of(texts())),
                new Use.Running(text(), random.nextInt(3), random.nextInt(3)),
                new Use.Topics(Some.of(texts())));
        for (var use : uses) {
            impact = random.nextInt(3) == 0 ? impact.with(use) : impact;
        }
        return impact;
    }

    private List<String> texts() {
        var texts = new ArrayList<String>();
        for (int i = random.nextInt(3); i > 0; i--) {
            texts.add(text());
        }
        return texts;
    }

    private String text() {
        var text = any(HOSTILE);
        if (random.nextInt(4) == 0) {
            text += any(HOSTILE);
        }
        return random.nextInt(30) == 0 ? text.repeat(40) : text;
    }

    @SafeVarargs
    private final <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
