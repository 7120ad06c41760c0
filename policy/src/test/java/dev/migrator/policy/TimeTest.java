package dev.migrator.policy;

import static dev.migrator.policy.Samples.PRODUCTION;
import static dev.migrator.policy.Samples.TEST;
import static dev.migrator.policy.Samples.policies;
import static dev.migrator.policy.Samples.subject;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeTest {
    private static final Duration AHEAD = Duration.ofMinutes(15);
    private static final Policies FRIDAY = policies("""
            policies:
              - name: not-on-a-friday
                environments: [production]
                over: change
                when: change.action == "delete"
                deny: now.getDayOfWeek("Europe/Berlin") == 5
                message: nothing is deleted on a Friday
              - {name: other, over: plan, deny: plan.deletes > 100, message: m}
            """);
    private static final Subject DELETION = subject(PRODUCTION, Samples.delete("orders"));
    /** In Berlin, midnight is an hour earlier than in UTC. */
    private static final Instant FRIDAY_BEGINS = Instant.parse("2026-11-26T23:00:00Z");

    @Test
    void aFridayIsAFridayWhereThePolicySaysSo() {
        assertThat(FRIDAY.judge(DELETION, FRIDAY_BEGINS.minusSeconds(1), () -> false)
                        .refuses())
                .isFalse();
        assertThat(FRIDAY.judge(DELETION, FRIDAY_BEGINS, () -> false).refuses()).isTrue();
        assertThat(FRIDAY.judge(DELETION, FRIDAY_BEGINS.plus(Duration.ofDays(1)), () -> false)
                        .refuses())
                .isFalse();
    }

    @Test
    void whatIsAllowedOnThursdayEveningHoldsUntilFridayBegins() {
        assertThat(FRIDAY.holdsUntil(DELETION, FRIDAY_BEGINS.minusSeconds(150), AHEAD, () -> false))
                .contains(FRIDAY_BEGINS);
    }

    @Test
    void whatDoesNotChangeForNowHoldsAsFarAsIsLookedAhead() {
        var now = FRIDAY_BEGINS.minus(Duration.ofHours(3)).plusMillis(7);

        assertThat(FRIDAY.holdsUntil(DELETION, now, AHEAD, () -> false)).contains(now.plus(AHEAD));
    }

    @Test
    void whereNoPolicyInForceLooksAtTheTimeWhatIsSaidHoldsForGood() {
        assertThat(FRIDAY.holdsUntil(subject(TEST, Samples.delete("orders")), FRIDAY_BEGINS, AHEAD, () -> false))
                .isEmpty();
    }

    @Test
    void anApprovalThatIsOnlyAskedForAtTimesEndsWhatHolds() {
        var night = policies("""
                policies:
                  - {name: at-night, over: plan, when: now.getHours() >= 22, approvals: {count: 2}, message: m}
                """);

        assertThat(night.holdsUntil(DELETION, Instant.parse("2026-11-26T21:55:30Z"), AHEAD, () -> false))
                .contains(Instant.parse("2026-11-26T22:00:00Z"));
    }

    @Test
    void wordsThatNameTheTimeDoNotEndWhatHolds() {
        var told = policies("""
                policies:
                  - {name: told, over: plan, deny: plan.deletes > 0, found: string(now), message: m, severity: warning}
                """);

        assertThat(told.holdsUntil(DELETION, FRIDAY_BEGINS, AHEAD, () -> false)).isEmpty();
    }
}
