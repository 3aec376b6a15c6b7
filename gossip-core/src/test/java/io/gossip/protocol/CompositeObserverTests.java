package io.gossip.protocol;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

class CompositeObserverTests {

	@Test
	void tellsEverybodyEverythingInOrder() throws Exception {
		List<String> heard = new ArrayList<>();
		ProtocolObserver composite = CompositeObserver.of(recording("a", heard), recording("b", heard));
		int methods = 0;
		for (Method method : ProtocolObserver.class.getMethods()) {
			if (Modifier.isStatic(method.getModifiers())) {
				continue;
			}
			heard.clear();
			method.invoke(composite, Arrays.stream(method.getParameterTypes()).map(this::anything).toArray());
			assertThat(heard).containsExactly("a " + method.getName(), "b " + method.getName());
			methods++;
		}
		assertThat(methods).isGreaterThan(15);
	}

	@Test
	void leavesOutWhatObservesNothing() {
		ProtocolObserver one = recording("a", new ArrayList<>());
		assertThat(CompositeObserver.of()).isSameAs(ProtocolObserver.NONE);
		assertThat(CompositeObserver.of(ProtocolObserver.NONE, one)).isSameAs(one);
	}

	private @Nullable Object anything(Class<?> type) {
		if (type == boolean.class) {
			return true;
		}
		return (type == int.class) ? (Object) 1 : (type == long.class) ? (Object) 1L : null;
	}

	private static ProtocolObserver recording(String name, List<String> heard) {
		return (ProtocolObserver) Proxy.newProxyInstance(CompositeObserverTests.class.getClassLoader(),
				new Class<?>[] { ProtocolObserver.class }, (proxy, method, arguments) -> {
					heard.add(name + " " + method.getName());
					return null;
				});
	}

}
