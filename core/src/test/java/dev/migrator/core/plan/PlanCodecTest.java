package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.manifest;
import static dev.migrator.core.bundle.TestManifests.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PlanCodecTest {
    private static final Plan PLAN = Planning.plan(
            bundle(topic("t"), manifest("SmokeCheck", "c", "{'type':'topic-round-trip','topic':'t'}")), new World());

    @Test
    void thePlanComesBackFromItsBytes() {
        assertThat(PlanCodec.read(PlanCodec.bytes(PLAN))).isEqualTo(PLAN);
    }

    @Test
    void whoHasToApproveIsPartOfWhatIsApproved() {
        var one = PLAN.judged(List.of("mind the gap"), List.of(new ApprovalNeed(2, "", "by-two")));
        var other = PLAN.judged(List.of("mind the gap"), List.of(new ApprovalNeed(2, "owners", "by-two")));

        assertThat(PlanCodec.read(PlanCodec.bytes(one))).isEqualTo(one);
        assertThat(PlanCodec.digest(one)).isNotEqualTo(PlanCodec.digest(other)).isNotEqualTo(PlanCodec.digest(PLAN));
    }

    @Test
    void otherBytesThanTheDigestNamesAreRefused() {
        var other = Planning.plan(bundle(topic("u")), new World());

        refused("PLN-DIGEST", () -> PlanCodec.read(PlanCodec.bytes(other), PlanCodec.digest(PLAN)));
    }

    @Test
    void whatIsNoPlanIsRefused() {
        for (var text : new String[] {"", "{", "[]", "{}", "{\"format\":2}", "{\"format\":1}"}) {
            refused("PLN-FORMAT", () -> PlanCodec.read(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void aFieldThatNobodyWouldSeeIsRefused() {
        var text = new String(PlanCodec.bytes(PLAN), StandardCharsets.UTF_8)
                .replaceFirst("\\{", "{\"also\":\"drop everything\",");

        refused("PLN-FORMAT", () -> PlanCodec.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Property(tries = 500)
    void changingAnyByteIsNoticed(@ForAll Random random) {
        var bytes = PlanCodec.bytes(PLAN);
        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 + random.nextInt(255));

        assertThatThrownBy(() -> PlanCodec.read(bytes, PlanCodec.digest(PLAN))).isInstanceOf(ProblemException.class);
        try {
            assertThat(PlanCodec.bytes(PlanCodec.read(bytes))).isEqualTo(bytes);
        } catch (ProblemException e) {
            assertThat(e.problem().code()).isEqualTo("PLN-FORMAT");
        }
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
