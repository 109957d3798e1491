"""what was said on the day, marks after it, links of one party"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('links', schema=None) as batch_op:
        batch_op.add_column(sa.Column('party', sa.String(length=80), server_default='', nullable=False))

    op.create_table('live_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('date', sa.String(length=10), nullable=False),
    sa.Column('link_id', sa.Integer(), nullable=True),
    sa.Column('is_rehearsal', sa.Boolean(), nullable=False),
    sa.Column('received', sa.BigInteger(), nullable=False),
    sa.Column('said', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_live_events_visit_id_visits'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_live_events')),
    sa.UniqueConstraint('visit_id', 'key', name=op.f('uq_live_events_visit_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('live_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_live_events_visit_id'), ['visit_id', 'is_rehearsal', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_live_events_link_id'), ['link_id', 'received'], unique=False)

    op.create_table('marks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('stop', sa.String(length=80), nullable=False),
    sa.Column('phone', sa.String(length=64), nullable=False),
    sa.Column('mark', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_marks_visit_id_visits'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_marks')),
    sa.UniqueConstraint('visit_id', 'stop', 'phone', name=op.f('uq_marks_visit_id'))
    )


def downgrade() -> None:
    op.drop_table('marks')
    with op.batch_alter_table('live_events', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_live_events_link_id'))
        batch_op.drop_index(batch_op.f('ix_live_events_visit_id'))

    op.drop_table('live_events')
    with op.batch_alter_table('links', schema=None) as batch_op:
        batch_op.drop_column('party')
