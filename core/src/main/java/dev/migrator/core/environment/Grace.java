package dev.migrator.core.environment;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * For how long what was retired stays, so that undoing its removal loses nothing. Whole units, as people write them: {@code
 * 7d}, {@code 36h}, {@code 15m}, {@code 0s}.
 *
 * @param number of units, 0 to {@value #MAX}
 */
public record Grace(int number, Unit unit) {
    public static final int MAX = 9_999;

    public static final Grace USUAL = new Grace(7, Unit.DAYS);

    /** As in {@code environments.schema.json}. */
    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,3})([smhd])");

    public enum Unit {
        SECONDS("s", Duration.ofSeconds(1)),
        MINUTES("m", Duration.ofMinutes(1)),
        HOURS("h", Duration.ofHours(1)),
        DAYS("d", Duration.ofDays(1));

        private final String letter;
        private final Duration length;

        Unit(String letter, Duration length) {
            this.letter = letter;
            this.length = length;
        }
    }

    public Grace {
        Objects.requireNonNull(unit);
        if (number < 0 || number > MAX) {
            throw new IllegalArgumentException("a time of grace has 0 to " + MAX + " units, found " + number);
        }
    }

    /** @throws IllegalArgumentException for another form */
    public static Grace parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("no time of grace: " + text);
        }
        return new Grace(
                Integer.parseInt(match.group(1)),
                Stream.of(Unit.values())
                        .filter(unit -> unit.letter.equals(match.group(2)))
                        .findFirst()
                        .orElseThrow());
    }

    public Duration duration() {
        return unit.length.multipliedBy(number);
    }

    /** When what was retired then may go. */
    public Instant after(Instant retired) {
        return retired.plus(duration());
    }

    @Override
    public String toString() {
        return number + unit.letter;
    }
}
