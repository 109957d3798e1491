"""with whom visits are shared; somebody is an administrator"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('shares',
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('may', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_shares_visit_id_visits'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('visit_id', 'user_id', name=op.f('pk_shares'))
    )
    with op.batch_alter_table('shares', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shares_user_id'), ['user_id'], unique=False)
    _make_one_administrator()


def downgrade() -> None:
    with op.batch_alter_table('shares', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_shares_user_id'))

    op.drop_table('shares')


def _make_one_administrator() -> None:
    """Where nobody who may sign in is one, the first who has a password becomes it, else the first of all."""
    users = sa.table('users', sa.column('id'), sa.column('role'), sa.column('password_hash'), sa.column('archived'))
    here = op.get_bind()
    if here.scalar(sa.select(users.c.id).where(users.c.role == 'admin', sa.not_(users.c.archived))) is not None:
        return
    first = (
        sa.select(users.c.id)
        .where(sa.not_(users.c.archived))
        .order_by(users.c.password_hash.is_(None), users.c.id)
        .limit(1)
    )
    chosen = here.scalar(first)
    if chosen is not None:
        op.execute(sa.update(users).where(users.c.id == chosen).values(role='admin'))
