package dev.migrator.core.environment;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

/**
 * For how long what was retired stays, so that undoing its removal loses nothing. Whole units, as people write them: {@code
 * 7d}, {@code 36h}, {@code 15m}, {@code 0s}.
 *
 * @param number of units, 0 to {@value #MAX}
 * @param unit seconds, minutes, hours or days
 */
public record Grace(int number, ChronoUnit unit) {
    public static final int MAX = 9_999;
    /** As in {@code environments.schema.json}. */
    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,3})([smhd])");

    private static final String UNITS = "smhd";
    private static final List<ChronoUnit> BY_LETTER =
            List.of(ChronoUnit.SECONDS, ChronoUnit.MINUTES, ChronoUnit.HOURS, ChronoUnit.DAYS);

    public static final Grace USUAL = new Grace(7, ChronoUnit.DAYS);

    public Grace {
        if (number < 0 || number > MAX || !BY_LETTER.contains(unit)) {
            throw new IllegalArgumentException("no time of grace: " + number + " " + unit);
        }
    }

    /** @throws IllegalArgumentException for another form */
    public static Grace parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("no time of grace: " + text);
        }
        return new Grace(Integer.parseInt(match.group(1)), BY_LETTER.get(UNITS.indexOf(match.group(2))));
    }

    public Duration duration() {
        return Duration.of(number, unit);
    }

    /** When what was retired then may go. */
    public Instant after(Instant retired) {
        return retired.plus(duration());
    }

    @Override
    public String toString() {
        return number + UNITS.substring(BY_LETTER.indexOf(unit), BY_LETTER.indexOf(unit) + 1);
    }
}
