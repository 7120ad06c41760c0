package dev.migrator.core.environment;

import java.time.Duration;
import java.time.Instant;

/**
 * For how long a phase stays as it is once it was verified, before it is verified again and the next one begins. Whole units,
 * as people write them: {@code 10m}, {@code 90s}, {@code 24h}.
 *
 * @param number of units; {@link #LONGEST} in all at most
 */
public record Bake(int number, Grace.Unit unit) {
    public static final Duration LONGEST = Duration.ofHours(24);

    public static final Bake NONE = new Bake(0, Grace.Unit.SECONDS);

    /** What {@link #parse} reads, as in {@code rollout.schema.json} and {@code environments.schema.json}. */
    public static final String FORM =
            "(0|[1-9][0-9]{0,3})s|(0|[1-9][0-9]{0,2}|1[0-3][0-9]{2}|14[0-3][0-9]|1440)m|(0|1?[1-9]|10|2[0-4])h|[01]d";

    public Bake {
        if (new Grace(number, unit).duration().compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a bake takes 0s to 24h, found " + new Grace(number, unit));
        }
    }

    /** @throws IllegalArgumentException for another form, or for more than {@link #LONGEST} */
    public static Bake parse(String text) {
        var time = Grace.parse(text);
        return time.number() == 0 ? NONE : new Bake(time.number(), time.unit());
    }

    public boolean isNone() {
        return number == 0;
    }

    public Duration duration() {
        return new Grace(number, unit).duration();
    }

    /** The longer of both; this one where they are as long. */
    public Bake orLonger(Bake other) {
        return duration().compareTo(other.duration()) < 0 ? other : this;
    }

    /** When what was verified then has baked. */
    public Instant after(Instant verified) {
        return verified.plus(duration());
    }

    @Override
    public String toString() {
        return new Grace(number, unit).toString();
    }
}
