package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.target.kafka.LookedThrough.Found;
import dev.migrator.target.kafka.LookedThrough.Known;
import dev.migrator.target.kafka.LookedThrough.Place;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** What is remembered of a search: enough to go on, and nothing that the partition may have changed since. */
class LookedThroughTest {
    private static final Found FOUND = new Found(50, Optional.of(Digest.ofText("flush")));
    private static final Place PLACE = new Place(Uuid.randomUuid(), 1, Digest.ofText("key"));

    @Test
    void aSearchThatWasCutOffGoesOnWhereItWas() {
        var known = Known.nothingBefore(1_000).back(900, Optional.empty()).back(500, Optional.empty());

        assertThat(known).isEqualTo(new Known(500, 1_000, Optional.empty()));
        assertThat(known.helps(0, 1_200)).isTrue();
        assertThat(known.forward(1_200, Optional.empty()).back(40, Optional.of(FOUND)))
                .isEqualTo(new Known(40, 1_200, Optional.of(FOUND)));
    }

    @Test
    void aNewerRecordTakesThePlaceOfTheOneFound() {
        var newer = new Found(70, Optional.empty());

        assertThat(Known.of(FOUND).forward(60, Optional.empty()).found()).contains(FOUND);
        assertThat(Known.of(FOUND).forward(80, Optional.of(newer)).found()).contains(newer);
    }

    @Test
    void whatThePartitionHoldsNoMoreIsNotKnown() {
        assertThat(Known.of(FOUND).helps(50, 51)).isTrue();
        assertThat(Known.of(FOUND).helps(51, 60)).as("cut at its beginning").isFalse();
        assertThat(Known.of(FOUND).helps(0, 40)).as("cut at its end").isFalse();
        assertThat(Known.of(FOUND).helps(0, 1_000_000)).as("far behind").isFalse();
    }

    @Test
    void itIsKeptForOneTopicAndNotForAnotherOfItsName() {
        var looked = new LookedThrough();
        looked.put(PLACE, Known.of(FOUND));
        var nameless = new Place(Uuid.ZERO_UUID, 1, PLACE.key());
        looked.put(nameless, Known.of(FOUND));

        assertThat(looked.of(PLACE)).contains(Known.of(FOUND));
        assertThat(looked.of(new Place(Uuid.randomUuid(), 1, PLACE.key()))).isEmpty();
        assertThat(looked.of(nameless)).isEmpty();
    }

    @Test
    void aTombstoneHoldsNoValue() {
        assertThat(FOUND.holds("flush".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(new Found(1, Optional.empty()).holds(new byte[0])).isFalse();
    }
}
