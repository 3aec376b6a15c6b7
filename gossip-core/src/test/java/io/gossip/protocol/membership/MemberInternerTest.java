package io.gossip.protocol.membership;

import java.util.Random;

import io.gossip.Member;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemberInternerTest {

	@Test
	void equalMembersBecomeOneInstance() {
		MemberInterner interner = new MemberInterner(16);
		Member first = interner.intern(TestMembers.member(5, 2, 3));
		assertThat(interner.intern(TestMembers.member(5, 2, 3))).isSameAs(first);
		assertThat(interner.find(5, 2, 3)).isSameAs(first);
	}

	@Test
	void whatIsFoundIsWhatWasAskedForHoweverManyShareAPlace() {
		MemberInterner interner = new MemberInterner(4);
		Random random = new Random(1);
		for (int i = 0; i < 10_000; i++) {
			Member member = TestMembers.member(1L + random.nextInt(50), random.nextInt(3), random.nextInt(3));
			assertThat(interner.intern(member)).isEqualTo(member);
			long id = 1L + random.nextInt(50);
			Member found = interner.find(id, 1, 2);
			assertThat(found == null || found.equals(TestMembers.member(id, 1, 2))).isTrue();
		}
	}

	@Test
	void aMemberOfOtherVersionsIsNotFound() {
		MemberInterner interner = new MemberInterner(16);
		interner.intern(TestMembers.member(5, 2, 3));
		assertThat(interner.find(5, 2, 4)).isNull();
		assertThat(interner.find(5, 3, 3)).isNull();
		assertThat(interner.find(6, 2, 3)).isNull();
	}

}
