"""sheets of visits, names, public pages of sites"""

import sqlalchemy as sa
from alembic import op

from planner.store.earliest import complete_first_tables

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    complete_first_tables()
    with op.batch_alter_table('sites', schema=None) as batch_op:
        batch_op.add_column(sa.Column('has_page', sa.Boolean(), server_default=sa.false(), nullable=False))

    op.create_table('papers',
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('chosen', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_papers_visit_id_visits'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('visit_id', name=op.f('pk_papers'))
    )
    op.create_table('names',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('party', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_names_visit_id_visits'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_names'))
    )
    with op.batch_alter_table('names', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_names_visit_id'), ['visit_id'], unique=False)

    op.create_table('school_cards',
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('filled', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_school_cards_visit_id_visits'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('visit_id', name=op.f('pk_school_cards'))
    )


def downgrade() -> None:
    op.drop_table('school_cards')
    with op.batch_alter_table('names', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_names_visit_id'))

    op.drop_table('names')
    op.drop_table('papers')
    with op.batch_alter_table('sites', schema=None) as batch_op:
        batch_op.drop_column('has_page')
