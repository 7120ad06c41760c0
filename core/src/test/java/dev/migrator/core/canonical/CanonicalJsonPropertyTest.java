package dev.migrator.core.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.ProblemException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CanonicalJsonPropertyTest {
    @Property(tries = 500)
    void whatIsWrittenIsReadAgainAsTheSame(@ForAll Random random) {
        var value = value(random, 4);
        var bytes = CanonicalJson.bytes(value);

        assertThat(CanonicalJson.parse(bytes)).isEqualTo(value);
        assertThat(CanonicalJson.bytes(CanonicalJson.parse(bytes))).isEqualTo(bytes);
    }

    @Property(tries = 300)
    void theOrderOfNamesAndTheWhiteSpaceBetweenThemDoNotMatter(@ForAll Random random) {
        var value = value(random, 4);
        var disorderly = scramble(value, random);

        assertThat(CanonicalJson.parse(disorderly)).isEqualTo(value);
    }

    @Property(tries = 300)
    void differentValuesHaveDifferentBytes(@ForAll Random random) {
        var one = value(random, 2);
        var other = random.nextInt(4) == 0 ? CanonicalJson.parse(scramble(one, random)) : value(random, 2);
        assertThat(CanonicalJson.text(one).equals(CanonicalJson.text(other))).isEqualTo(one.equals(other));
    }

    @Property(tries = 500)
    void anyBytesAreReadOrRefusedWithAProblem(@ForAll byte[] bytes) {
        try {
            var value = CanonicalJson.parse(bytes);
            assertThat(CanonicalJson.parse(CanonicalJson.bytes(value))).isEqualTo(value);
        } catch (ProblemException e) {
            assertThat(e.problem().code()).startsWith("JSN-");
        }
    }

    @Property(tries = 500)
    void textCutOrChangedAnywhereIsReadOrRefusedWithAProblem(@ForAll Random random) {
        var text = new StringBuilder(CanonicalJson.text(value(random, 4)));
        int at = random.nextInt(text.length());
        text.setCharAt(at, "{}[],:\"\\0e-x\u0000".charAt(random.nextInt(13)));
        try {
            CanonicalJson.parse(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (ProblemException e) {
            assertThat(e.problem().code()).startsWith("JSN-");
        }
    }

    private static Value value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(text(random));
            case 3 -> new Value.Num(BigDecimal.valueOf(random.nextInt(-1_000, 1_000), random.nextInt(-20, 20)));
            case 4 -> new Value.Num(new BigDecimal(new BigInteger(100, random), random.nextInt(31)));
            case 5 ->
                Value.array(IntStream.range(0, random.nextInt(4))
                        .mapToObj(_ -> value(random, depth - 1))
                        .toList());
            default -> {
                var fields = new HashMap<String, Value>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    fields.put(text(random), value(random, depth - 1));
                }
                yield Value.object(fields);
            }
        };
    }

    /** Letters, quotes, control characters, halves of surrogate pairs: anything a string can hold. */
    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append("ab\"\\/\n\t\u0000\u001f\u007f\u00e9\u2028\ud83d\ude00\ud800\udc00\uffff"
                    .charAt(random.nextInt(17)));
        }
        return text.toString();
    }

    private static String scramble(Value value, Random random) {
        var blank = " \n\t\r".substring(random.nextInt(4)).substring(0, random.nextInt(2) == 0 ? 0 : 1);
        return switch (value) {
            case Value.Arr(var items) ->
                "[" + blank
                        + String.join(
                                blank + ",",
                                items.stream()
                                        .map(item -> scramble(item, random))
                                        .toList())
                        + blank + "]";
            case Value.Obj(var fields) -> {
                var names = new ArrayList<>(new LinkedHashMap<>(fields).keySet());
                Collections.shuffle(names, random);
                yield "{"
                        + String.join(
                                "," + blank,
                                names.stream()
                                        .map(name -> CanonicalJson.text(Value.of(name)) + blank + ":" + blank
                                                + scramble(fields.get(name), random))
                                        .toList())
                        + "}";
            }
            default -> CanonicalJson.text(value);
        };
    }
}
