package dev.migrator.core.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
    @Test
    void versionsAreInTheOrderInWhichPeopleCount() {
        var sorted = List.of("10", "2", "1.10", "1.9", "1", "1.0.0-rc1", "1.0.0").stream()
                .sorted(VersionOrder.INSTANCE)
                .toList();

        assertThat(sorted).containsExactly("1", "1.0.0", "1.0.0-rc1", "1.9", "1.10", "2", "10");
    }

    @Property
    void itIsAnOrder(@ForAll String a, @ForAll String b, @ForAll String c) {
        var order = VersionOrder.INSTANCE;

        assertThat(Integer.signum(order.compare(a, b))).isEqualTo(-Integer.signum(order.compare(b, a)));
        assertThat(order.compare(a, b) == 0).isEqualTo(a.equals(b));
        if (order.compare(a, b) <= 0 && order.compare(b, c) <= 0) {
            assertThat(order.compare(a, c)).isNotPositive();
        }
    }
}
